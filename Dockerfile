# The image of the one binary. Built from a checkout: docker build -t stock-tracker .

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# rust-toolchain.toml names the browser's target, too.
RUN rustup show && cargo xtask build

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin stock-tracker
COPY --from=build /src/target/release/stock-tracker /usr/local/bin/stock-tracker
USER stock-tracker
WORKDIR /data
VOLUME /data
# Keys are given from outside: SECRET_KEY and ENCRYPTION_MASTER_KEY.
ENV ENVIRONMENT=production DATA_DIR=/data API_HOST=0.0.0.0 API_PORT=8000
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["sh", "-c", "curl --fail --silent --output /dev/null http://127.0.0.1:${API_PORT}/health/ready"]
ENTRYPOINT ["stock-tracker"]
CMD ["serve"]
