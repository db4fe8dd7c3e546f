"""The steps of the pipeline: each joins hooks, files and the folders that know neither."""
