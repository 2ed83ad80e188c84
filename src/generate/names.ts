import type { Random } from './random.ts';

/** Who works as a temp in Belgium, roughly: share of people, names. Men and women, because the INSZ knows. */
interface Culture {
  share: number;
  men: string[];
  women: string[];
  families: string[];
  /** Where a woman's family name has an ending of its own. */
  familiesOfWomen?: string[];
}

const words = (text: string) => text.split(' ');
/** Names of more than one word are written with an underscore. */
const families = (text: string) => words(text).map((name) => name.replaceAll('_', ' '));

const CULTURES: Culture[] = [
  {
    share: 0.44,
    men: words(
      'Jan Wout Bram Stijn Pieter Tom Jef Koen Daan Lars Seppe Joris Ruben Thijs Dirk Luc Geert Maarten Senne Gilles',
    ),
    women: words(
      'Emma Lotte Marie Sofie Eva Fien Nele An Griet Hilde Lien Julie Femke Noor Saar Amber Katrien Ilse Jana Lore',
    ),
    families: families(
      'Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters De_Smet Dubois De_Clercq Hermans Aerts Van_den_Broeck ' +
        'Vandenberghe Segers Coppens Verhoeven Baert Lemmens De_Wilde Van_Damme Vermeulen Smets Michiels Pauwels Bogaert Cools Daems',
    ),
  },
  {
    share: 0.29,
    men: words(
      'Jean Lucas Hugo Théo Nathan Maxime Julien Benoît François Loïc Antoine Jérôme Cédric Rémy Olivier Quentin Simon',
    ),
    women: words(
      'Camille Chloé Léa Manon Élise Zoé Aurélie Céline Françoise Hélène Inès Margaux Noémie Pauline Solène Anaïs Clara',
    ),
    families: families(
      'Lambert Dupont Leclercq Simon Laurent Denis Renard Gérard Lefèvre Noël Collard Delvaux Hubert Fontaine Legrand Servais ' +
        'Dumont Colin Jacquemin Henry Thiry Bodart Marchal Gillet Lejeune Évrard Piron Warnier',
    ),
  },
  {
    share: 0.02,
    men: words('Jürgen Björn Günther Manfred Lukas Jörg Felix Matthias'),
    women: words('Käthe Monika Anneliese Jule Heike Lena Ursula Sabine'),
    families: families('Müller Schröder Küpper Heinen Jost Schmitz Pauels Brüll Kever Mölders Radermacher Großmann'),
  },
  {
    share: 0.07,
    men: words('Mehmet Emre Çağlar Burak Oğuz Kağan Yiğit İbrahim Ahmet Serkan Özgür Tolga'),
    women: words('Elif Zeynep Ayşe Gülşen Çiğdem Şeyma Büşra Özlem Nur Derya Tuğba Ebru'),
    families: families('Yılmaz Demir Çelik Şahin Öztürk Aydın Özdemir Kılıç Güneş Doğan Koç Çetin Yıldız Aslan'),
  },
  {
    share: 0.08,
    men: words('Mohamed Youssef Bilal Ayoub Hamza Ilias Rachid Karim Nabil Anas Soufiane Zakaria'),
    women: words('Fatima Yasmina Salma Imane Nora Khadija Sara Hanae Loubna Amina Ikram Samira'),
    families: families(
      'El_Amrani Benali Bouzid El_Idrissi Haddad Ouali Amrani Tahiri El_Khattabi Zerouali Azzouzi Chakir Saïdi',
    ),
  },
  {
    share: 0.045,
    men: words('Łukasz Paweł Michał Grzegorz Krzysztof Wojciech Stanisław Jarosław Bartłomiej Tomasz'),
    women: words('Małgorzata Agnieszka Katarzyna Żaneta Joanna Bożena Elżbieta Zuzanna Kinga Wiesława'),
    families: families(
      'Wiśniewski Wójcik Kowalczyk Zieliński Dąbrowski Kamiński Woźniak Jabłoński Michałek Gołąb Krawczyk Żak',
    ),
    familiesOfWomen: families(
      'Wiśniewska Wójcik Kowalczyk Zielińska Dąbrowska Kamińska Woźniak Jabłońska Michałek Żak',
    ),
  },
  {
    share: 0.015,
    men: words('Jiří Tomáš Ondřej Václav Matěj Zdeněk Luboš Přemysl'),
    women: words('Kateřina Lucie Věra Zdeňka Božena Tereza Markéta Růžena'),
    families: families('Dvořák Novák Černý Procházka Kučera Růžička Beneš Němec Říha Šimek Kříž'),
    familiesOfWomen: families(
      'Dvořáková Nováková Černá Procházková Kučerová Růžičková Benešová Němcová Šimková Křížová',
    ),
  },
  {
    share: 0.04,
    men: words('Ștefan Andrei Mihai Ionuț Constantin Gheorghe Răzvan Cătălin Vlad Dragoș'),
    women: words('Ioana Mădălina Ștefania Elena Mihaela Ruxandra Anca Cătălina Loredana Crina'),
    families: families(
      'Popescu Ionescu Munteanu Rădulescu Stoica Țurcanu Ciobanu Dumitrașcu Lungu Bălan Moldoveanu Mureșan',
    ),
  },
];

export interface PersonName {
  givenName: string;
  familyName: string;
}

/** A believable name; one in twelve has parents of two origins. */
export function nameOf(random: Random, isMan: boolean): PersonName {
  const culture = cultureOf(random);
  const other = random.chance(1 / 12) ? cultureOf(random) : culture;
  const ofOther = isMan ? other.families : (other.familiesOfWomen ?? other.families);
  return { givenName: random.pick(isMan ? culture.men : culture.women), familyName: random.pick(ofOther) };
}

function cultureOf(random: Random): Culture {
  let left = random.next();
  for (const culture of CULTURES) {
    left -= culture.share;
    if (left < 0) return culture;
  }
  return CULTURES[0] as Culture;
}

/** Family names that also stand on fronts of firms. */
export const FIRM_FAMILIES: readonly string[] = CULTURES.slice(0, 5).flatMap((culture) => culture.families);
