import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { addEnterprise } from '../records.ts';
import { AGENCY, temp, USER } from './bodies.ts';
import { type Service, serviceOf } from './client.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, object>; securitySchemes: { agency: { flows: object } } };
}
interface Described {
  operationId: string;
  security: { agency: string[] }[];
  requestBody?: { content: Record<string, { example?: unknown; schema?: { $ref: string } }> };
  responses: Record<string, object>;
}

let portal: TestApp;
let service: Service;
let document: Document;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-20T09:00:00Z' });
  await addEnterprise(portal, AGENCY, '935467');
  await addEnterprise(portal, USER);
  service = await serviceOf(portal, AGENCY);
  document = (await portal.app.inject('/openapi.json')).json();
});
afterAll(() => portal.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method: method.toUpperCase(), ...described })),
  );

describe('the OpenAPI document', () => {
  it('holds every address of the service and no other, with the scopes that the portal asks', () => {
    const rest = routesOf(portal.house).filter(({ path }) => path.startsWith('/REST/'));
    const told = operations().map(
      ({ path, method, security }) => `${method} ${path} ${security.flatMap(({ agency }) => agency).sort()}`,
    );
    expect(told.sort()).toEqual(
      rest
        .map(({ method, path, scopes }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')} ${[...scopes].sort()}`)
        .sort(),
    );
  });

  it('names each call once, and only schemas that it holds', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    for (const name of named) expect(document.components.schemas, name).toHaveProperty(name ?? '');
    expect([...new Set(named)].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('gives examples that the service itself takes, and answers it does give', async () => {
    for (const { path, method, requestBody, responses } of operations()) {
      const example = requestBody?.content['application/json']?.example;
      if (example === undefined) continue;
      const answer = await service.call(method as 'POST', path, example);
      expect(answer.statusCode, path).toBeLessThan(300);
      expect(Object.keys(responses), path).toContain(String(answer.statusCode));
      expect(answer.json()).not.toMatchObject({ declarationStatus: { result: 'B' } });
      const refused = await service.call(method as 'POST', path, { nothing: true });
      expect([refused.statusCode, Object.keys(responses).includes('400')], path).toEqual([400, true]);
    }
  });

  it('describes every answer in full', async () => {
    const { schemas } = document.components as unknown as {
      schemas: Record<string, { properties: object; required: string[] }>;
    };
    const declared = (await service.call('POST', 'declarations', temp())).json();
    const period = (await service.call('GET', new URL(declared.declarationStatus.period.href).pathname)).json();
    for (const [name, answer] of Object.entries({ DeclarationAnswer: declared, Period: period })) {
      expect(Object.keys(schemas[name]?.properties ?? {}), name).toEqual(expect.arrayContaining(Object.keys(answer)));
      expect(Object.keys(answer), name).toEqual(expect.arrayContaining(schemas[name]?.required ?? ['nothing']));
    }
  });

  it('can be read by people, without a session', async () => {
    const page = await portal.app.inject('/developers');
    expect(page.statusCode).toBe(200);
    for (const { path, method } of operations())
      expect(page.body).toContain(`${method} ${path.replace('{id}', ':id')}`);
  });
});
