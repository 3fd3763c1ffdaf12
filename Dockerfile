# The Node that the tests run under (package.json, devDependencies). The digest, of all platforms
# together, is what counts: a tag can be moved. A new one also brings Debian's security fixes:
# `docker buildx imagetools inspect node:26.10.0-slim` prints it.
# Slim: Debian with the C library that Node is tested with most.
FROM node:26.10.0-slim@sha256:930557a230abacbc3f4fd9b8648abf8f4bee1e17cb72195dcdfb2f709bc85b33 AS base

FROM base AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No production dependency has an install script; should one get one, it does not run here unseen.
RUN npm ci --omit=dev --ignore-scripts

# A stage of its own leaves npm's cache behind.
FROM base
ENV NODE_ENV=production
ENV HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY src src
# The files stay root's: the process cannot change its own code.
USER node
EXPOSE 4000
# Alive, not ready: an upstream that is down must not make the engine restart the gateway.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "require('node:http').get({ port: process.env.PORT || 4000, path: '/health/live' }, answer => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# No shell and no npm in between: SIGTERM reaches the process itself, which then drains.
CMD ["node", "--min-semi-space-size=32", "--max-semi-space-size=32", "--heap-growing-percent=50", "--no-allocation-site-pretenuring", "--preserve-symlinks", "--import", "./src/keep-compiled.js", "src/main.ts"]
