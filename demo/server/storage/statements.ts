import type {Db} from './database.ts';

export type Row = Record<string, unknown>;
type Value = string | number | null;
/** libsql's own types take a tuple; any number of values is what it means. */
interface Statement {
  run(...values: readonly Value[]): {readonly changes: number};
  get(...values: readonly Value[]): unknown;
  all(...values: readonly Value[]): unknown[];
}

/** Prepares each statement once, by its text. */
export class Statements {
  readonly #db: Db;
  readonly #prepared = new Map<string, Statement>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** How many rows were changed. */
  run(sql: string, ...values: readonly Value[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  one(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: readonly Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  #statement(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql) as unknown as Statement;
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
