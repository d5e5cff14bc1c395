# syntax=docker/dockerfile:1
# The server for a team: built in one image, run in another without compilers, as a user without rights.
#
#   docker build -t provenance .
#   docker run --rm --read-only --tmpfs /tmp -v provenance-cache:/var/cache/provenance \
#     --cap-drop ALL --security-opt no-new-privileges --memory 3g --pids-limit 256 \
#     -e PROVENANCE_TOKEN -e PROVENANCE_ALLOWED_HOSTS=news.example -p 127.0.0.1:8377:8377 provenance
#
# To pin the base image to the byte, give its digest: --build-arg PYTHON=python:3.12.12-slim-bookworm@sha256:…
ARG PYTHON=python:3.12.12-slim-bookworm

FROM ${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/provenance
ENV PATH=/opt/provenance/bin:$PATH
WORKDIR /build
# The locked dependencies first: this layer stays while only our code changes.
COPY requirements/team.txt requirements/
RUN pip install --require-hashes -r requirements/team.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY server server
COPY extension extension
RUN pip install --no-deps --no-build-isolation . && python -m compileall -q /opt/provenance

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Provenance" \
      org.opencontainers.image.description="Who says so, how they know, and whether anyone checked" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin provenance \
    && install -d -o provenance -g provenance -m 0700 /var/cache/provenance
COPY --from=build /opt/provenance /opt/provenance
ENV PATH=/opt/provenance/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PROVENANCE_HOST=0.0.0.0 \
    PROVENANCE_WORKERS=2 \
    PROVENANCE_CACHE=/var/cache/provenance/answers.sqlite
USER 10001:10001
VOLUME /var/cache/provenance
EXPOSE 8377
# SIGTERM: the server finishes what it took. Give it the deadline and 20 seconds: docker stop --time 30
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "provenance_server.probe"]
CMD ["provenance", "serve"]
