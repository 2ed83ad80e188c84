/** What Node and PostgreSQL tell of a fault beside its message. */
interface Fault extends Error {
  code?: string;
  path?: string;
  address?: string;
  port?: number;
}

/** Faults that an operator meets, by their code, in words that say what to do. */
const WORDS: Record<string, (fault: Fault) => string> = {
  ENOENT: ({ path }) => `${path}: there is no such file`,
  EISDIR: ({ path }) => `${path ?? 'what was named'} is a folder, not a file`,
  EACCES: ({ path }) => `${path ?? 'a file'}: may not be opened by this user`,
  EADDRINUSE: ({ address, port }) => `port ${port} of ${address} is taken: choose another`,
  ECONNREFUSED: ({ address, port }) => `nothing answers at ${address}:${port}: is the database there?`,
  ENOTFOUND: ({ message }) => `the database’s host is not known: ${message}`,
  '28P01': ({ message }) => `the database refuses the password: ${message}`,
  '3D000': ({ message }) => `${message}: make it first`,
  '42P01': ({ message }) => `the database is not up to date (${message}): run “migrate” first`,
  '42501': ({ message }) =>
    `the database’s role may not do that (${message}): set DATABASE_ADMIN_URL to the owner of the tables`,
};

/** An error in words: what an operator can mend, without a stack; a fault of the program itself with its stack. */
export function told(error: Fault): string {
  const root = [error, (error as { errors?: Fault[] }).errors?.[0], error.cause as Fault | undefined].find(
    (one) => one?.code !== undefined && WORDS[one.code],
  );
  const words = root?.code === undefined ? undefined : WORDS[root.code]?.(root);
  if (words) return words;
  const isOurs = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'].includes(error.name);
  return isOurs ? (error.stack ?? error.message) : error.message || error.name;
}
