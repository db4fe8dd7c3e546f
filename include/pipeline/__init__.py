"""The steps of the pipeline: each joins a hook, the staged files and a pure room."""
