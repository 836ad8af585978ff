import type { Quantity } from '@tidemark/kernel';
import type { CoverageSettings } from '@tidemark/master-data';
import { settingsQuantityKeys, type SettingsData } from '../schema/settings.js';
import { withoutAbsent, type Reading } from './reading.js';

/** Where settings stand, for messages: `coverage settings of item FG1`. */
export interface SettingsPlace {
  readonly field: string;
  readonly of: string;
}

/** Coverage settings as values; what can never be meant is refused here, when it arrives. */
export function readSettings(
  data: SettingsData,
  place: SettingsPlace,
  reading: Reading,
): CoverageSettings {
  const { minimumKey, forecast, ...rest } = data;
  const settings: CoverageSettings = {
    ...withoutAbsent(rest),
    ...readQuantities(data, place, reading),
    ...(minimumKey === undefined ? {} : { minimumKey: readMinimumKey(minimumKey, place, reading) }),
    ...(forecast === undefined ? {} : { forecast: readForecast(forecast, place, reading) }),
  };
  checkSettings(settings, place, reading);
  return settings;
}

type QuantityKey = (typeof settingsQuantityKeys)[number];

function readQuantities(
  data: SettingsData,
  { field }: SettingsPlace,
  reading: Reading,
): Record<QuantityKey, Quantity> {
  const quantities: Partial<Record<QuantityKey, Quantity>> = {};
  for (const key of settingsQuantityKeys) {
    const text = data[key];
    if (text !== undefined) quantities[key] = reading.quantity(text, `${field}/${key}`);
  }
  return quantities as Record<QuantityKey, Quantity>;
}

function readMinimumKey(
  key: NonNullable<SettingsData['minimumKey']>,
  { field }: SettingsPlace,
  reading: Reading,
): Record<number, number> {
  const factors: Record<number, number> = {};
  for (const [month, factor] of Object.entries(key)) {
    factors[Number(month)] = reading.quantity(factor, `${field}/minimumKey/${month}`);
  }
  return factors;
}

function readForecast(
  forecast: NonNullable<SettingsData['forecast']>,
  { field }: SettingsPlace,
  reading: Reading,
): NonNullable<CoverageSettings['forecast']> {
  const { key, ...rest } = forecast;
  if (key === undefined) return withoutAbsent(rest);
  const rows = key.map(({ months, percent }, index) =>
    percent === undefined
      ? { months }
      : { months, percent: reading.quantity(percent, `${field}/forecast/key/${index}/percent`) },
  );
  return { ...withoutAbsent(rest), key: rows };
}

function checkSettings(settings: CoverageSettings, place: SettingsPlace, reading: Reading): void {
  const { minimum, maximum, orderMinimum, orderMaximum, orderMultiple } = settings;
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    refuseSetting(
      'MINIMUM_ABOVE_MAXIMUM',
      'maximum',
      'The maximum is below the minimum',
      place,
      reading,
    );
  }
  if (orderMinimum !== undefined && orderMaximum !== undefined && orderMinimum > orderMaximum) {
    const what = 'The greatest order quantity is below the least one';
    refuseSetting('MINIMUM_ABOVE_MAXIMUM', 'orderMaximum', what, place, reading);
  }
  if (orderMultiple === 0) {
    refuseSetting('MULTIPLE_ZERO', 'orderMultiple', 'The order multiple is 0', place, reading);
  }
  if (orderMaximum === 0) {
    refuseSetting(
      'MAXIMUM_ZERO',
      'orderMaximum',
      'The greatest order quantity is 0',
      place,
      reading,
    );
  } else if (
    orderMultiple !== undefined &&
    orderMaximum !== undefined &&
    orderMultiple > orderMaximum
  ) {
    const what = 'The order multiple is above the greatest order quantity';
    refuseSetting('MULTIPLE_ABOVE_MAXIMUM', 'orderMultiple', what, place, reading);
  }
  if (settings.positiveDays === 0) {
    const message = `Positive days 0 in the ${place.of} leave receipts of earlier days unused.`;
    reading.warn('POSITIVE_DAYS_ZERO', `${place.field}/positiveDays`, message);
  }
}

function refuseSetting(
  rule: string,
  key: string,
  what: string,
  { field, of }: SettingsPlace,
  reading: Reading,
): void {
  reading.refuse({
    rule,
    field: `${field}/${key}`,
    message: `${what} in the ${of}.`,
    remedy: `Check ${key} there, or leave it out for no such bound.`,
    mentions: [of],
  });
}
