"""Google Sheets and Drive beyond the Google provider: hooks, a call with a time limit, errors."""
