import { isEnterpriseNumber, isNssoNumber } from '../platform/ids.ts';

/** An enterprise of the directory: an agency that declares, or a user company. NSSO number without leading zeros. */
export interface Enterprise {
  enterpriseNumber: string;
  name: string;
  kind: 'agency' | 'user';
  nssoNumber: string | null;
  street: string | null;
  houseNumber: string | null;
  postBox: string | null;
  postCode: string | null;
  city: string | null;
  country: string | null;
}

export const REQUIRED_COLUMNS = ['enterpriseNumber', 'name', 'kind'] as const;

/** Reads a row of a directory file, told by its header names. @returns what is wrong, in words, when it is not one. */
export function enterpriseFrom(row: Record<string, string | undefined>): Enterprise | { fault: string } {
  const enterpriseNumber = (row.enterpriseNumber ?? '').replace(/[. ]/g, '').padStart(10, '0');
  const { name = '', kind } = row;
  if (!isEnterpriseNumber(enterpriseNumber))
    return { fault: `enterpriseNumber ${row.enterpriseNumber} has wrong check digits` };
  if (name.trim() === '') return { fault: 'name is empty' };
  if (kind !== 'agency' && kind !== 'user') return { fault: `kind must be agency or user, not ${kind}` };
  const nsso = (row.nssoNumber ?? '').replace(/[-. ]/g, '').replace(/^0+/, '');
  if (nsso !== '' && !isNssoNumber(nsso)) return { fault: `nssoNumber ${row.nssoNumber} has wrong check digits` };
  const text = (value: string | undefined) => value?.trim() || null;
  return {
    enterpriseNumber,
    name: name.trim(),
    kind,
    nssoNumber: nsso || null,
    street: text(row.street),
    houseNumber: text(row.houseNumber),
    postBox: text(row.postBox),
    postCode: text(row.postCode),
    city: text(row.city),
    country: text(row.country),
  };
}
