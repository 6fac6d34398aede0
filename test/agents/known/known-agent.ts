import type {ModelApi, ToolUse} from '../models/api.ts';
import type {Call} from '../models/script.ts';

/** A real agent as it is installed from the registry, and how it is made to speak with a scripted model. */
export interface KnownAgent {
  /** Of its preset. */
  readonly name: string;
  /** In the registry, and the version that the checks were written for. */
  readonly package: string;
  readonly version: string;
  /** Where its program is, in the folder in which it was installed. */
  readonly bin: string;
  readonly api: ModelApi;
  /** What leads it to the model at `url`, and no further: files below its home, and variables of the server. */
  settings(url: string): {
    readonly files: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
  };
  /** The call of a tool as a model makes it; `file` is the absolute path of the notes. */
  use(call: Call, file: string, tools: readonly string[]): ToolUse;
  /** How it names the answers to an approval that count once. */
  readonly allow: string;
  readonly reject: string;
  /** Hosts that it asks for beside its model, and why nothing stops it. */
  readonly hosts?: Readonly<Record<string, string>>;
}
