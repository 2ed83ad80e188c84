import type { Table } from './table.ts';
export async function benchImport(): Promise<Table[]> {
  return [];
}
