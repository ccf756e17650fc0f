"""The store -> pages and a SPARQL endpoint for this machine: what `mandategraph serve` runs (`app.create_app`)."""
