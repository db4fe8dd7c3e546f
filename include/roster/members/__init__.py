"""Members and their classes: the tabs People and Classes, as people have typed them."""
