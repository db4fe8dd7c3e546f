"""Google Sheets and Drive beyond the Google provider: hooks, calls with a time limit, errors."""
