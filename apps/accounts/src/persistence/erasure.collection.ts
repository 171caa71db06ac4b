import { Schema } from 'mongoose';
import { defineCollection, keptBecause, type TenantEntity } from '#persistence';

export interface ErasureReport {
  report_id: string;
  service: string;
  at: Date;
  erased: Record<string, number>;
  kept: Record<string, string>;
}

/** Whom to tell at the end; forgotten then. */
export interface ToTell {
  address: string;
  name: string;
  account_name: string;
}

/** The erasure of one account, and the proof of it: what each service said it removed and kept. */
export interface Erasure extends TenantEntity {
  /** Services that have to report before it is complete. */
  services: string[];
  user_ids: string[];
  reports: ErasureReport[];
  closed_by: string;
  /** When the services were asked last. */
  asked_at: Date;
  completed_at?: Date;
  to_tell?: ToTell;
}

export const erasureCollection = defineCollection<Erasure>({
  name: 'erasures',
  domain: 'erasures',
  title: 'Erasure',
  erasure: keptBecause('is the proof of the erasure; holds ids and counts only'),
  fields: {
    services: { type: [String], required: true },
    user_ids: { type: [String], required: true },
    reports: { type: [Schema.Types.Mixed as never], required: true },
    closed_by: { type: String, required: true },
    asked_at: { type: Date, required: true },
    completed_at: Date,
    to_tell: Schema.Types.Mixed,
  },
  indexes: [{ keys: { account_id: 1 }, options: { unique: true } }, { keys: { completed_at: 1, asked_at: 1 } }],
});
