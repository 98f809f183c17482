"""Files: where their bytes lie, and how CSV and zip files are read and written safely."""
