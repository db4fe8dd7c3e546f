# The image of docker-compose.yaml: Airflow with the packages that `make test` has tried, without the tools.
ARG BASE_IMAGE=apache/airflow:slim-3.3.2-python3.11
FROM ${BASE_IMAGE}

COPY requirements-image.lock /tmp/
# The lock is whole. With dependencies pip would fetch what requirements-excluded.txt leaves out.
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement /tmp/requirements-image.lock

WORKDIR /opt/airflow
# Docker gives a new volume the owner and rights of the folder that it covers.
RUN mkdir -p logs records staging && chmod g=u logs records staging
COPY --chown=airflow:0 dags dags
COPY --chown=airflow:0 deploy deploy
COPY --chown=airflow:0 include include
COPY --chown=airflow:0 plugins plugins
# Editable, so that Airflow reads one copy of it, also when a folder is mounted there.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable plugins/zoom_provider
