"""How good forecasts are: ranking metrics and calibration."""
