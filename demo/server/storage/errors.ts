/** Why a database was not opened; it was left as it is. `message` is a sentence for the person who started the server. */
export class StorageError extends Error {
  readonly code: 'in-use' | 'not-ours' | 'newer' | 'incomplete' | 'unreadable';

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}
