// Lists optional dependencies that the lock names but does not hold: `npm ci` would refuse it (EUSAGE, "Missing: …").
// It happens when the registry lacks the newest build for some platform; pin an older version then.
import {readFileSync} from 'node:fs';

const {packages} = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));

/** As Node looks a package up: in the folder itself, then in each folder above. */
function isHeld(folder, name) {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at}${at && '/'}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}

const missing = Object.entries(packages).flatMap(([folder, {optionalDependencies = {}}]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !isHeld(folder, name))
    .map(([name, version]) => `${folder || 'the package'} needs ${name}@${version}, which the lock lacks`),
);

for (const line of missing) console.error(line);
process.exitCode = missing.length > 0 ? 1 : 0;
