"""The tabs that the pipeline writes: Register, Names, This week and Totals."""
