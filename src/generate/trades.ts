/** What made-up firms do, where they are and what they are called. The names are invented; a likeness is chance. */

interface Trade {
  /** Joint committee of the official list; XXX is every other one. */
  committee: string;
  french: boolean;
  words: readonly string[];
}

const list = (text: string) => text.split(', ');
const dutch = (committee: string, words: string): Trade => ({ committee, french: false, words: list(words) });
const french = (committee: string, words: string): Trade => ({ committee, french: true, words: list(words) });

/** Repeated where many temps work. */
export const TRADES: readonly Trade[] = [
  dutch('XXX', 'Brouwerij, Bakkerij, Conserven, Kaasmakerij, Diepvries'),
  dutch('302', 'Hotel, Taverne, Restaurant, Feestzaal, Catering'),
  dutch('140', 'Logistiek, Transport, Expeditie, Magazijn'),
  dutch('124', 'Bouwbedrijf, Dakwerken, Wegenbouw'),
  dutch('144', 'Fruitbedrijf, Hoeve, Hopboerderij'),
  dutch('145', 'Tuinbouw, Boomkwekerij, Serres'),
  french('302', 'Hôtel, Restaurant, Traiteur, Auberge'),
  french('XXX', 'Imprimerie, Scierie, Cartonnerie, Blanchisserie'),
  french('140', 'Transports, Logistique, Entrepôts'),
  french('144', 'Ferme, Vergers, Domaine'),
  french('124', 'Constructions, Toitures, Maçonnerie'),
  french('145', 'Pépinières, Horticulture'),
  dutch('149', 'Elektro, Installaties'),
  dutch('320', 'Uitvaartzorg'),
  dutch('XXX', 'Drukkerij, Zagerij, Weverij, Kartonnage, Plasticverwerking, Metaalwerken'),
  dutch('XXX', 'Supermarkt, Winkelcentrum, Meubelhuis, Wasserij, Klantendienst'),
  french('XXX', 'Chocolaterie, Fromagerie, Boulangerie, Conserverie'),
  french('XXX', 'Ateliers, Fonderie, Verrerie, Centre d’appels'),
  dutch('140', 'Vrachtdienst, Koelhuis, Pakketdienst'),
];

export interface Place {
  postCode: string;
  city: string;
  french: boolean;
}

const places = (text: string, isFrench: boolean): Place[] =>
  list(text).map((place) => ({ postCode: place.slice(0, 4), city: place.slice(5), french: isFrench }));

export const PLACES: readonly Place[] = [
  ...places(
    '1000 Brussel, 2000 Antwerpen, 9000 Gent, 3000 Leuven, 8000 Brugge, 2800 Mechelen, 9300 Aalst, 8500 Kortrijk',
    false,
  ),
  ...places(
    '3500 Hasselt, 3600 Genk, 9100 Sint-Niklaas, 8800 Roeselare, 2300 Turnhout, 8400 Oostende, 9700 Oudenaarde',
    false,
  ),
  ...places('8900 Ieper, 2440 Geel, 3800 Sint-Truiden, 1500 Halle, 9200 Dendermonde, 3300 Tienen, 2500 Lier', false),
  ...places(
    '1000 Bruxelles, 4000 Liège, 6000 Charleroi, 5000 Namur, 7000 Mons, 7500 Tournai, 4800 Verviers, 6700 Arlon',
    true,
  ),
  ...places(
    '1300 Wavre, 7700 Mouscron, 4500 Huy, 6600 Bastogne, 5500 Dinant, 1400 Nivelles, 4700 Eupen, 7100 La Louvière',
    true,
  ),
];

export const STREETS = {
  dutch: list(
    'Nijverheidslaan, Stationsstraat, Kerkstraat, Havenlaan, Molenweg, Industrieweg, Dorpsstraat, Vaartkaai, Lindelaan',
  ),
  french: list(
    'Rue de l’Industrie, Rue de la Station, Grand-Place, Chaussée de Bruxelles, Rue du Moulin, Quai des Usines',
  ),
};

export const WORDS = {
  agency: list(
    'Grutto, Wolkenkar, Kwartslag, Meerkoet, Steltloper, Trekschuit, Overhaal, Zeskamp, Morgenrood, Ricochet, Passerelle, ' +
      'Belvédère, Hirondelle, Tournesol, Bernache, Cadran, Libellule, Rossignol, Wiesenweg, Brückenbau',
  ),
  agencyKind: list('Interim, Uitzend, Intérim, Werkt, Flex, Travail, Personeel, Zeitarbeit, Crew'),
  dutch: list(
    'De Zilverreiger, Wolkenhof, De Blauwvoet, Kraanvogel, Ter Eiken, Ter Wilgen, De Drie Linden, Het Gouden Rad, De IJsvogel, ' +
      'Noorderkouter, Zuiderdijk, Westhoek, Oosterkaai, De Zeven Torens, Het Molenrad, De Vlasbloem, Roodborst, Wilgenhof, ' +
      'De Hopbel, Het Kanteel, De Leeuwerik, Vaartzicht, De Witte Raaf, Beukendreef, De Kiekendief, Klaverveld, Goudvink',
  ),
  french: list(
    'du Vieux Tilleul, des Trois Chênes, de la Sambre, du Pont Bleu, du Hérisson, des Hirondelles, de la Haute Borne, du Cygne Noir, ' +
      'des Quatre Vents, du Grand Pré, de la Source, des Tanneurs, du Canal, de la Lesse, du Châtaignier, des Bleuets, ' +
      'de la Clairière, du Coq Rouge, des Ardoises, du Vieux Moulin',
  ),
  foreign: list(
    'Spedition Kranich, Gemüsehof Eifelblick, Kartonagen Wurmtal, Serres de la Lys, Filatures du Ferrain, Scheldekade',
  ),
  foreignKind: list('GmbH, SARL, B.V., KG, SAS'),
};
