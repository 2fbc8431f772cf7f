FROM python:3.11-slim

# PyTorch's CPU wheel index, see PyTorch's install page. Without it pip takes the build for NVIDIA
# cards, which works just as well and is several gigabytes larger.
ARG TORCH_INDEX=""

ENV HF_HUB_OFFLINE=1 \
    KLYNGESVAR_CACHE=/app/.cache \
    KLYNGESVAR_HOST=0.0.0.0 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

RUN useradd --create-home --uid 10001 klyngesvar
WORKDIR /app
RUN install --directory --owner=klyngesvar .cache

# Empty packages are enough to install what they need: a change of the code keeps this layer.
COPY pyproject.toml requirements.lock README.md LICENSE ./
RUN mkdir knowledge index bot \
    && touch knowledge/__init__.py index/__init__.py bot/__init__.py \
    && pip install --quiet -c requirements.lock \
        ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} --editable .

COPY knowledge knowledge
COPY index index
COPY bot bot
# The bot saves the articles that admins send; all else stays as it was built.
RUN chown klyngesvar knowledge/articles

USER klyngesvar
# The model is converted and the content embedded and published here: `ask` and the bot answer from
# the first second. `build` is for `ask`; `publish` takes its vectors over.
RUN klyngesvar build && klyngesvar publish --yes

EXPOSE 8080

# Whether the bot still reacts; /readyz also tells whether Telegram does, which no restart mends.
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m CMD ["python", "-c", "\
import http.client, os, sys; \
server = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('KLYNGESVAR_PORT', '8080'))); \
server.request('GET', '/healthz'); \
sys.exit(server.getresponse().status != 200)"]

ENTRYPOINT ["klyngesvar"]
CMD ["bot"]
