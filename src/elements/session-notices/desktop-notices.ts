/** `unsupported`: this browser has none, or not on this page. */
export type Permission = NotificationPermission | 'unsupported';

/** Notifications of the system, one a session: a later one takes the place of the one before, also of one that another tab shows. */
export class DesktopNotices {
  readonly #shown = new Map<string, Notification>();
  /** Some browsers of phones have the interface, and throw when it is used. */
  #unusable = false;

  get permission(): Permission {
    return typeof Notification === 'undefined' || this.#unusable ? 'unsupported' : Notification.permission;
  }

  /** Asks the person; only on a click or a key of theirs. */
  async ask(): Promise<Permission> {
    return this.permission === 'unsupported' ? 'unsupported' : Notification.requestPermission();
  }

  /** `opened`: a person has clicked on it. */
  show(session: string, title: string, text: string, opened: () => void): void {
    if (this.permission !== 'granted') return;
    try {
      const notification = new Notification(title, {body: text, tag: `session ${session}`});
      notification.onclick = () => {
        window.focus();
        notification.close();
        opened();
      };
      this.#shown.set(session, notification);
    } catch {
      this.#unusable = true;
    }
  }

  /** Somebody sees the page again. */
  clear(): void {
    for (const notification of this.#shown.values()) notification.close();
    this.#shown.clear();
  }
}
