import pg from 'pg';

/** A statement as the portal sent it, with what begins a transaction in the same name. */
export interface Heard {
  begin: string;
  text: string;
  values: unknown[];
}

/** A connection that says nothing itself was opened in the house's name. */
const OF_THE_HOUSE = `begin; set local portal.behalf = 'house'`;

/** What a portal of this process sends to PostgreSQL while something is done. */
export async function heardWhile(act: () => Promise<unknown>): Promise<Heard[]> {
  const heard: Heard[] = [];
  const begun = new WeakMap<pg.Client, string>();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...words: unknown[]) {
    const [said] = words as [Partial<pg.QueryConfig> | string];
    const { text = '', values = [] } = typeof said === 'object' ? said : { text: said };
    if (text.startsWith('begin')) begun.set(this, text);
    else if (text.startsWith("select set_config('portal.behalf'"))
      begun.set(this, `begin; set local portal.behalf = '${values[0]}'`);
    else if (/^\s*(select|with|insert|update|delete)/i.test(text))
      heard.push({ begin: begun.get(this) ?? OF_THE_HOUSE, text, values });
    return Reflect.apply(query, this, words);
  } as typeof query;
  try {
    await act();
  } finally {
    pg.Client.prototype.query = query;
  }
  return heard;
}
