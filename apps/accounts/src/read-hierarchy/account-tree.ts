import { z } from 'zod';
import type { AccountRecord } from '../persistence/account.collection.js';

export interface AccountTree {
  account_id: string;
  name: string;
  level: number;
  children: AccountTree[];
}

/** An account and everything below it. */
export const AccountTree: z.ZodType<AccountTree> = z
  .object({
    account_id: z.string(),
    name: z.string(),
    /** 0 for a root. */
    level: z.number().int(),
    get children() {
      return z.array(AccountTree);
    },
  })
  .meta({ id: 'AccountTree' });

/** @param below every account at any depth below `root` */
export function treeOf(root: AccountRecord, below: readonly AccountRecord[]): AccountTree {
  const nodes = new Map([root, ...below].map((account) => [account._id, nodeOf(account)]));
  for (const { _id, ancestors = [] } of below) {
    const node = nodes.get(_id);
    if (node !== undefined) nodes.get(ancestors.at(-1) ?? '')?.children.push(node);
  }
  return nodes.get(root._id) ?? nodeOf(root);
}

const nodeOf = ({ _id, name, ancestors = [] }: AccountRecord): AccountTree => ({
  account_id: _id,
  name,
  level: ancestors.length,
  children: [],
});
