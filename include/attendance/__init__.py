"""One session: participant rows become people with presence, and what somebody should check.

In order of reading: `fields` (what is staged of Zoom's rows), `sessions` (which instances are one
session), `attendance` (the pipeline), and its steps `participants`, `rejected`, `identity` (with
`overlaps` and `handover`) and `review` (with `renamed`); `people` (what a record keeps), `results`
(what is staged). `names` says how names are compared.
"""
