import {deleteAnswered, deletesFromJobs, deleteSessions, sessionStoppedToDelete, stopNext} from './deletes.ts';
import {deliver, settleClaimed} from './delivery.ts';
import {Draft} from './draft.ts';
import {frame, rowAnswered} from './frames.ts';
import {
  askAgain,
  askJobsOf,
  check,
  endOver,
  isOvertaken,
  jobAnswered,
  jobsAnswered,
  launchersAnswered,
} from './jobs.ts';
import {retell} from './retell.ts';
import {lost, opened} from './snapshot.ts';
import type {Answer, Ask, News, State, Translation} from './state.ts';
import {advanceStops, jobStopAnswered, reminded, sessionStopAnswered, stopsFromJobs} from './stops.ts';
import {eventsAnswered, watch} from './watching.ts';
import {postWords, resolveDoubts, wordsAnswered} from './words.ts';

/**
 * The whole meaning of the server's protocol: a state and a piece of news make the next state, what the page is told,
 * and what the server is asked. It knows no clock and no network, so that it can be played from a recording.
 */
export function translate(state: State, news: News): Translation {
  const draft = new Draft(state);
  receive(draft, news);
  // What is found out may let something else go on: a turn ends, and the message behind it can be posted.
  for (let before; before !== draft.state;) {
    before = draft.state;
    retell(draft);
    draft.touched.clear();
    settleClaimed(draft);
    advanceStops(draft);
    postWords(draft);
    deleteSessions(draft);
  }
  return draft.translation;
}

function receive(draft: Draft, news: News): void {
  switch (news.type) {
    case 'opened':
      return opened(draft, news);
    case 'frame':
      return frame(draft, news.frame);
    case 'lost':
      return lost(draft);
    case 'watch':
      return watch(draft, news.sessions);
    case 'deliver':
      return deliver(draft, news.commands);
    case 'answer':
      return answered(draft, news.ask, news.answer);
    case 'check':
      return check(draft);
  }
}

function answered(draft: Draft, ask: Ask, answer: Answer): void {
  switch (ask.ask) {
    case 'events':
      eventsAnswered(draft, ask.session, answer);
      // What is mine among them is found first.
      retell(draft);
      askJobsOf(draft, ask.session);
      if (ask.over !== undefined && answer.status === 200) endOver(draft, ask.session, ask.over);
      return askAgain(draft, ask.session);
    case 'row':
      return rowAnswered(draft, ask.session, answer);
    case 'jobs': {
      if (isOvertaken(draft, ask.nth, answer)) return;
      const jobs = jobsAnswered(draft, answer, ask.sessions);
      resolveDoubts(draft, jobs, answer.status !== 0);
      retell(draft);
      deletesFromJobs(draft);
      return stopsFromJobs(draft);
    }
    case 'job':
      return jobAnswered(draft, ask.job, answer);
    case 'launchers':
      return launchersAnswered(draft, answer);
    case 'post':
      return wordsAnswered(draft, ask.command, answer);
    case 'stop-session':
      if (!draft.state.deletes.has(ask.command)) return sessionStopAnswered(draft, ask.command, answer);
      return sessionStoppedToDelete(draft, ask.command, answer);
    case 'stop-job':
      if (draft.state.deletes.has(ask.command)) return stopNext(draft, ask.command);
      return jobStopAnswered(draft, ask.command, ask.job, answer);
    case 'delete':
      return deleteAnswered(draft, ask.command, ask.session, answer);
    case 'remind':
      return reminded(draft, ask.command);
  }
}
