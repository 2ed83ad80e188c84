import { type Lang, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { OPERATIONS } from './openapi.operations.ts';

declare module '../web/views.ts' {
  interface Views {
    'declarations/developers': DevelopersPage;
  }
}

export interface DevelopersPage {
  title: string;
  w: Words<'developers'>;
  document: string;
  operations: {
    id: string;
    call: string;
    summary: string;
    description: string;
    scopes: string;
    fields: { name: string; description: string }[];
    types: string;
    example: string;
    answers: { status: string; description: string }[];
  }[];
}

/** The service to read: what may be sent and what is answered. The words of the service itself are English, as its names are. */
export function developersPage(lang: Lang): DevelopersPage {
  const w = words(lang, 'developers');
  return {
    title: w.title,
    w,
    document: paths.OPENAPI,
    operations: OPERATIONS.map(({ id, method, path, summary, description, scopes, query, headers, body, answers }) => ({
      id,
      call: `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      summary,
      description,
      scopes: scopes.join(', '),
      fields: [...query, ...headers],
      types: body?.types.join(', ') ?? '',
      example: body?.example ? JSON.stringify(body.example, null, 2) : '',
      answers: Object.entries(answers).map(([status, answer]) => ({ status, description: answer.description })),
    })),
  };
}
