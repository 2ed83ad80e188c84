import type { Adapter, AdapterPayload } from 'oidc-provider';

const MOST = 2_000;

/** What the provider remembers, in memory, the oldest dropped first: it ends with the process, as the demo's people do. */
export function memory(): (model: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; endsAt: number }>();
  const find = (key: string) => {
    const found = kept.get(key);
    return found && found.endsAt > Date.now() ? found.payload : undefined;
  };
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`;
    return {
      async upsert(id, payload, expiresIn) {
        kept.delete(keyOf(id));
        kept.set(keyOf(id), { payload, endsAt: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY });
        const [oldest] = kept.keys();
        if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      },
      find: async (id) => find(keyOf(id)),
      findByUid: async (uid) => kept.values().find(({ payload }) => payload.uid === uid)?.payload,
      findByUserCode: async () => undefined,
      async consume(id) {
        const payload = find(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
