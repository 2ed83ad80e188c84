import { type Finding, found } from './finding.ts';
import { tellMany } from './notices.run.ts';

/** 10,000 declarations with notices on, over midnight and the change to summer time, while the portal is killed again and again. */
export async function drillNotices(): Promise<Finding[]> {
  const told = await tellMany({ declarations: 10_000, workers: 400, kills: 20 });
  return [
    found(`declarations promised, ${told.kills} times killed, ${told.seconds} s`, told.promised, 10_000),
    found('told never', told.lost, 0),
    found('told more than once', told.twice, 0),
    found('in the digest of another day', told.misplaced, 0),
    found('digests before the morning', told.early, 0),
    { what: 'mails that came twice under one Message-ID', came: String(told.repeated), isRight: true },
  ];
}
