/** Every bound of the server in one place; what `docs/protocol.md` leaves to the server is chosen here. */
export interface Limits {
  /** How long a new connection may take to say `hello`. */
  readonly helloMs: number;
  /** How long an agent may take to obey a stop. */
  readonly stopMs: number;
  /** Bytes that may wait for one client before it is cut (4408). Answers are paced and stay below on their own. */
  readonly bufferedBytes: number;
  /** Answers go on while fewer bytes than this wait. */
  readonly answerBytes: number;
  /** Streamed text is held back, not queued, while more bytes than this wait. */
  readonly deltaBytes: number;
  /** Of the JSON text of one frame. A little below the protocol's 1 MiB, for what surrounds the data. */
  readonly frameBytes: number;
  readonly replayEvents: number;
  readonly replayBytes: number;
  /** Events of a session in its snapshot, and their bytes. */
  readonly snapshotEvents: number;
  readonly snapshotBytes: number;
  readonly snapshotActive: number;
  readonly snapshotRecent: number;
  /** Events of the list that are kept: more than are replayed, for those that read slowly. */
  readonly listEvents: number;
  readonly openQueries: number;
  /** Events that one `query` with `text` looks through; its `next` goes on. */
  readonly findEvents: number;
  readonly subscriptions: number;
  /** `subscribe`s not answered yet, and the bytes they came with. */
  readonly waitingAnswers: number;
  readonly waitingAnswerBytes: number;
  /** Frames and commands of one connection: a burst, and what is allowed a second after it (4429). */
  readonly frameBurst: number;
  readonly framesPerSecond: number;
  readonly commandBurst: number;
  readonly commandsPerSecond: number;
  readonly queuedMessages: number;
  readonly queuedBytes: number;
  /** Stored text of one message or thought, in bytes. */
  readonly itemBytes: number;
  /** Tool input, output or content. */
  readonly toolBytes: number;
  /** Streamed text is saved this often. */
  readonly saveMs: number;
  /** One round of deltas of one session. */
  readonly deltaMs: number;
  /** Between two `tool-updated` of one tool. */
  readonly updateMs: number;
  /** What an agent may say before the server looks after others. */
  readonly agentEvents: number;
  readonly agentBytes: number;
  readonly openTools: number;
  /** Approvals and questions together. */
  readonly openApprovals: number;
  /** How long an agent may take to end with the server. */
  readonly closeMs: number;
  readonly childDepth: number;
  readonly childrenPerTurn: number;
  /** How long answers outlive their session. */
  readonly answersMs: number;
  /** How often what nobody needs is cleared away, and how soon a failed write is tried again. */
  readonly sweepMs: number;
  readonly retryMs: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_LIMITS: Limits = {
  helloMs: 10_000,
  stopMs: 5_000,
  bufferedBytes: 4 * MIB,
  answerBytes: 256 * KIB,
  deltaBytes: 64 * KIB,
  frameBytes: MIB - 4 * KIB,
  replayEvents: 1_000,
  replayBytes: 4 * MIB,
  snapshotEvents: 200,
  snapshotBytes: 768 * KIB,
  snapshotActive: 500,
  snapshotRecent: 200,
  listEvents: 4_000,
  openQueries: 8,
  findEvents: 5_000,
  subscriptions: 256,
  waitingAnswers: 256,
  waitingAnswerBytes: 2 * MIB,
  frameBurst: 3_000,
  framesPerSecond: 300,
  commandBurst: 1_000,
  commandsPerSecond: 100,
  queuedMessages: 100,
  queuedBytes: 512 * KIB,
  itemBytes: 512 * KIB,
  toolBytes: 256 * KIB,
  saveMs: 500,
  deltaMs: 20,
  updateMs: 260,
  agentEvents: 64,
  agentBytes: 64 * KIB,
  openTools: 500,
  openApprovals: 50,
  closeMs: 8_000,
  childDepth: 8,
  childrenPerTurn: 100,
  answersMs: 7 * 24 * 3_600_000,
  sweepMs: 3_600_000,
  retryMs: 1_000,
};
