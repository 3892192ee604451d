# Probity in one image: web and wheels are the same program. Written with care, not yet built: see docs/how-to/put-into-service.md.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/run.lock \
    && /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim-bookworm
# Its own account, which owns nothing but its state.
RUN useradd --system --uid 10001 --create-home --home-dir /state probity
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PROBITY_HOME=/state PROBITY_LOGS=json PYTHONUNBUFFERED=1
USER probity
VOLUME /state
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/alive', timeout=4)"]
CMD ["probity", "serve", "--host", "0.0.0.0", "--port", "8000", "--no-wheels"]
