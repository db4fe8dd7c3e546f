# The image of docker-compose.yaml: Airflow with what requirements.lock fixes, as `make test` has it.
ARG BASE_IMAGE=apache/airflow:slim-3.3.2-python3.11
FROM ${BASE_IMAGE}

COPY requirements.txt requirements.lock /tmp/
# setuptools installs the Zoom provider below. Its version, too, is the lock's.
RUN pip install --no-cache-dir --requirement /tmp/requirements.txt setuptools \
        --constraint /tmp/requirements.lock

WORKDIR /opt/airflow
# Docker gives a new volume the owner and rights of the folder that it covers.
RUN mkdir -p logs records staging && chmod g=u logs records staging
COPY --chown=airflow:0 dags dags
COPY --chown=airflow:0 deploy deploy
COPY --chown=airflow:0 include include
COPY --chown=airflow:0 plugins plugins
# Editable, so that Airflow reads one copy of it, also when a folder is mounted there.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable plugins/zoom_provider
