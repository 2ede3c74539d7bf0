"""Reading other people's spreadsheets, in a child process: bytes to tables, headings to fields. Knows neither book nor forms."""
