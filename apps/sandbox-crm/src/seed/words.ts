/** Names and places that make the seeded records readable. All companies and people are invented. */
export const FIRST_NAMES = [
  'Alma',
  'Anton',
  'Beatrix',
  'Boris',
  'Carla',
  'Cedric',
  'Dalia',
  'Dominic',
  'Elena',
  'Elias',
  'Farah',
  'Felix',
  'Greta',
  'Gustav',
  'Hana',
  'Hugo',
  'Ines',
  'Ivan',
  'Jana',
  'Jonas',
  'Karin',
  'Kofi',
  'Laila',
  'Liam',
  'Maren',
  'Milo',
  'Nadia',
  'Nils',
  'Odette',
  'Omar',
  'Paula',
  'Pavel',
  'Ravi',
  'Rosa',
  'Samir',
  'Selma',
  'Tara',
  'Tomas',
  'Uma',
  'Viktor',
  'Wanda',
  'Yara',
  'Yusuf',
  'Zoe',
] as const;

export const LAST_NAMES = [
  'Abbott',
  'Adeyemi',
  'Almeida',
  'Baker',
  'Bauer',
  'Bianchi',
  'Carver',
  'Castillo',
  'Chandra',
  'Dahl',
  'Devlin',
  'Dupont',
  'Eriksen',
  'Falk',
  'Farrow',
  'Fischer',
  'Garcia',
  'Grant',
  'Haddad',
  'Hale',
  'Holm',
  'Ibrahim',
  'Ivanova',
  'Jansen',
  'Kaya',
  'Keller',
  'Kimura',
  'Kowalski',
  'Larsen',
  'Lopez',
  'Mbeki',
  'Meyer',
  'Moreau',
  'Nakamura',
  'Novak',
  'Oduya',
  'Olsen',
  'Park',
  'Petrov',
  'Quinn',
  'Reyes',
  'Rossi',
  'Sato',
  'Schneider',
  'Silva',
  'Singh',
  'Tran',
  'Vargas',
  'Weber',
  'Young',
  'Zeller',
] as const;

interface Place {
  city: string;
  region: string;
  postalCode: string;
  countryCode: string;
  /** Start of its telephone numbers; four digits follow. */
  dial: string;
}

export const PLACES: readonly [Place, ...Place[]] = [
  { city: 'Phoenix', region: 'Arizona', postalCode: '85001', countryCode: 'USA', dial: '+1602555' },
  { city: 'Austin', region: 'Texas', postalCode: '73301', countryCode: 'USA', dial: '+1512555' },
  { city: 'Portland', region: 'Oregon', postalCode: '97201', countryCode: 'USA', dial: '+1503555' },
  { city: 'Toronto', region: 'Ontario', postalCode: 'M5H 2N2', countryCode: 'CAN', dial: '+1416555' },
  { city: 'Manchester', region: 'England', postalCode: 'M1 1AE', countryCode: 'GBR', dial: '+44161496' },
  { city: 'Hamburg', region: 'Hamburg', postalCode: '20095', countryCode: 'DEU', dial: '+4940555' },
];

export const COMPANY_NAMES = [
  'Birchwood Dental',
  'Copperline Fitness',
  'Driftwood Travel',
  'Everglow Candles',
  'Foxglove Legal',
  'Granite Peak Roofing',
  'Harbor & Vine',
  'Ironbark Coaching',
  'Juniper Analytics',
  'Kestrel Logistics',
  'Lumen Yoga',
  'Marigold Bakery',
] as const;

export const JOB_TITLES = [
  'Owner',
  'Office Manager',
  'Marketing Lead',
  'Coach',
  'Consultant',
  'Head of Sales',
  'Bookkeeper',
  'Director',
] as const;

interface Product {
  name: string;
  priceMinor: number;
}

export const PRODUCTS: readonly [Product, ...Product[]] = [
  { name: 'Starter Course', priceMinor: 4_900 },
  { name: 'Coaching Session', priceMinor: 12_500 },
  { name: 'Annual Membership', priceMinor: 49_900 },
  { name: 'Workbook', priceMinor: 1_950 },
  { name: 'Weekend Workshop', priceMinor: 29_900 },
];
