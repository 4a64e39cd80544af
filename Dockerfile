FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY engine engine
COPY static static
COPY templates templates
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.12-slim
RUN useradd --create-home --shell /usr/sbin/nologin chainrule
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links=/wheels chainrule && rm -rf /wheels
USER chainrule
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["chainrule", "serve", "--host", "0.0.0.0", "--port", "8000"]
