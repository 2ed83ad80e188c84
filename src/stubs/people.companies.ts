import type { Company } from '../generate/companies.ts';
import { enterpriseNumberOf, nssoNumberOf } from '../generate/numbers.ts';

const agency = (
  name: string,
  n: number,
  street: string,
  houseNumber: string,
  postCode: string,
  city: string,
): Company => ({
  kind: 'agency',
  name,
  enterpriseNumber: enterpriseNumberOf(n),
  nssoNumber: nssoNumberOf(n % 200_000),
  address: { street, houseNumber, postCode, city, country: '150' },
  jointCommittee: '322',
  listed: true,
});

const user = (name: string, n: number, jointCommittee: string, address: [string, string, string, string]): Company => {
  const [street, houseNumber, postCode, city] = address;
  return {
    kind: 'user',
    name,
    enterpriseNumber: enterpriseNumberOf(n),
    nssoNumber: nssoNumberOf(n % 200_000),
    address: { street, houseNumber, postCode, city, country: '150' },
    jointCommittee,
    listed: true,
  };
};

/** The firms of the named people. Invented: numbers of this range were given to nobody. */
export const FIRMS = {
  tempo: agency('Tempo Interim', 412_803, 'Stationsstraat', '14', '9300', 'Aalst'),
  flexforce: agency('Flexforce', 588_251, 'Havenlaan', '86', '1000', 'Brussel'),
  noord: agency('Noord Uitzend', 731_946, 'Noorderlaan', '127', '2030', 'Antwerpen'),
  zwaan: user('Brouwerij De Zwaan', 203_517, 'XXX', ['Brouwerijstraat', '3', '9300', 'Aalst']),
  astrid: user('Hotel Astrid', 640_982, '302', ['Koningsplein', '21', '1000', 'Brussel']),
  logistiek: user('Logistiek Noord', 815_360, '140', ['Vaartkaai', '240', '2030', 'Antwerpen']),
  zagerij: user('Zagerij Peeters & zonen', 356_074, 'XXX', ['Molenweg', '55', '9200', 'Dendermonde']),
  celik: user('Çelik Catering', 927_418, '302', ['Turnhoutsebaan', '312', '2140', 'Antwerpen']),
  vergers: user('Vergers de la Haute Borne', 174_629, '144', ['Rue du Moulin', '9', '4500', 'Huy']),
  magasin: user('Comptoir des Tanneurs', 498_133, 'XXX', ['Quai des Usines', '31', '4000', 'Liège']),
  bakkerij: user('Bakkerij Morgenhof', 560_791, 'XXX', ['Kerkstraat', '2', '3000', 'Leuven']),
  /** Not in the directory. */
  nameless: { ...user('–', 882_045, '140', ['', '', '', '']), listed: false, nssoNumber: null },
  /** Without an enterprise number. */
  abroad: {
    ...user('Gemüsehof Eifelblick GmbH', 0, '145', ['Monschauer Straße', '140', '52076', 'Aachen']),
    enterpriseNumber: null,
    nssoNumber: null,
    address: { street: 'Monschauer Straße', houseNumber: '140', postCode: '52076', city: 'Aachen', country: '103' },
    listed: false,
  },
} as const satisfies Record<string, Company>;
