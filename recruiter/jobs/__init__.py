"""The door of time: what happens without a click."""
