"""Write a table with gspread-dataframe whenever a line says into which spreadsheet.

    python run_gspread.py URL TABLE.csv

Each line of standard input is the id of a spreadsheet; its answer is a line with the seconds. The
addresses of Google are constants of gspread, whose beginning is set here.
"""

import sys
import time

import gspread
import gspread.http_client
import gspread.urls
import pandas as pd
from google.auth.credentials import AnonymousCredentials
from gspread_dataframe import set_with_dataframe

GOOGLE, TAB = "https://sheets.googleapis.com", "Session"


def lead_to(url: str) -> None:
    for module in (gspread.urls, gspread.http_client):
        for name, value in vars(module).items():
            if isinstance(value, str) and value.startswith(GOOGLE):
                setattr(module, name, value.replace(GOOGLE, url))


def write(client: gspread.Client, spreadsheet_id: str, table: pd.DataFrame) -> None:
    book = client.open_by_key(spreadsheet_id)
    try:
        tab = book.worksheet(TAB)
    except gspread.WorksheetNotFound:
        tab = book.add_worksheet(TAB, len(table) + 1, len(table.columns))
    set_with_dataframe(tab, table, resize=True, allow_formulas=False)


def main(url: str, path: str) -> None:
    lead_to(url)
    client = gspread.authorize(AnonymousCredentials())
    table = pd.read_csv(path, keep_default_na=False)
    for line in sys.stdin:
        begun = time.perf_counter()
        write(client, line.strip(), table)
        print(time.perf_counter() - begun, flush=True)


main(*sys.argv[1:])
