import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '../_kit/contact.js';
import { shownValue, storedValue } from './property-values.js';
import { Property } from './schemas.js';

const property = (type: string, fieldType: string, more: Partial<Property> = {}): Property =>
  Property.parse({ name: 'p', label: 'P', type, fieldType, ...more });

const COLOURS = [
  { label: 'Deep Red', value: 'red' },
  { label: 'red', value: 'rouge' },
  { label: 'Blue, light', value: 'light_blue' },
];
const text = property('string', 'text');
const number = property('number', 'number');
const flag = property('bool', 'booleancheckbox');
const checkbox = property('enumeration', 'booleancheckbox', { options: [{ label: 'Yes', value: 'true' }] });
const date = property('date', 'date');
const instant = property('datetime', 'date');
const choice = property('enumeration', 'select', { options: COLOURS });
const choices = property('enumeration', 'checkbox', { options: COLOURS });
const constant = property('enumeration', 'select', { options: COLOURS, hubspotDefined: true });

describe('a stored text', () => {
  it.each<[string, Property | undefined, string | null, FieldValue]>([
    ['an unknown property’s text', undefined, 'x', 'x'],
    ['nothing', text, null, null],
    ['an empty text', text, '', null],
    ['a text that looks like a number', text, '007', '007'],
    ['a number', number, '12.5', 12.5],
    ['a negative number', number, '-3', -3],
    ['a number too long to be one', number, '12345678901234567890', '12345678901234567890'],
    ['what is no number', number, 'many', 'many'],
    ['yes', flag, 'true', true],
    ['no in a single checkbox', checkbox, 'false', false],
    ['neither yes nor no', flag, 'maybe', 'maybe'],
    ['a day', date, '2026-03-01', '2026-03-01T00:00:00Z'],
    ['a day in milliseconds', date, '1772323200000', '2026-03-01T00:00:00Z'],
    ['an instant', instant, '2026-03-01T10:30:00.250Z', '2026-03-01T10:30:00.250Z'],
    ['an instant in milliseconds', instant, '1772361000000', '2026-03-01T10:30:00Z'],
    ['what is no date', date, 'soon', 'soon'],
    ['an option of the portal’s', choice, 'red', 'Deep Red'],
    ['an option that is gone', choice, 'green', 'green'],
    ['several options', choices, 'red;light_blue', ['Deep Red', 'Blue, light']],
    ['an option of HubSpot’s own', constant, 'red', 'red'],
  ])('%s', (_name, of, stored, shown) => {
    expect(shownValue(of, stored)).toEqual(shown);
  });
});

describe('a value to store', () => {
  it.each<[string, Property | undefined, FieldValue, string]>([
    ['nothing clears', choice, null, ''],
    ['an empty list clears nothing but itself', choices, [], ''],
    ['a number', number, 12.5, '12.5'],
    ['a number that is written with an exponent otherwise', number, 1e21, '1000000000000000000000'],
    ['a tiny number', undefined, 1e-7, '0.0000001'],
    ['a truth', undefined, true, 'true'],
    ['a list without options', text, ['a', 'b'], 'a;b'],
    ['a word for yes', flag, 'Yes', 'true'],
    ['a sign for no', checkbox, 0, 'false'],
    ['a word for neither', flag, 'perhaps', 'perhaps'],
    ['a day', date, '02/28/2026', '2026-02-28'],
    ['an instant in another zone', instant, '2026-03-01T10:30:00+02:00', '2026-03-01T08:30:00Z'],
    ['the day of an instant', date, '2026-03-01T10:30:00Z', '2026-03-01'],
    ['what is no date', date, 'soon', 'soon'],
    ['a label', choice, 'Deep Red', 'red'],
    ['a label that is another option’s value', choice, 'red', 'rouge'],
    ['a label in other letters', choice, ' deep RED ', 'red'],
    ['a value in other letters', choice, 'ROUGE', 'rouge'],
    ['an unknown option', choice, 'green', 'green'],
    ['labels with and without a comma', choices, ['Blue, light', 'Deep Red'], 'light_blue;red'],
    ['one label with a comma', choices, 'Blue, light', 'light_blue'],
    ['labels in one text', choices, 'Deep Red, rouge', 'red;rouge'],
    ['labels parted by semicolons', choices, 'Deep Red; Blue, light', 'red;light_blue'],
    ['an option to add', choices, ';Deep Red', ';red'],
  ])('%s', (_name, of, value, stored) => {
    expect(storedValue(of, value)).toBe(stored);
  });

  it('comes back as it was shown', () => {
    for (const value of ['Deep Red', 'red', 'Blue, light']) {
      expect(shownValue(choice, storedValue(choice, value))).toBe(value);
      expect(shownValue(choices, storedValue(choices, [value]))).toEqual([value]);
    }
  });
});
