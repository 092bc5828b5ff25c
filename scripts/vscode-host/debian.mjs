// The Debian packages that the VS Code test host needs.
import { existsSync } from 'node:fs';
import { run, say } from './processes.mjs';

// A package counts as there when its file is, so that a Chromium or ripgrep from elsewhere serves as well.
const packages = [
  { name: 'chromium', file: '/usr/bin/chromium' },
  { name: 'fonts-dejavu-core', file: '/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf' },
  { name: 'ripgrep', file: '/usr/bin/rg' },
  { name: 'libkrb5-dev', file: '/usr/include/gssapi/gssapi.h' },
  { name: 'libsecret-1-dev', file: '/usr/include/libsecret-1/libsecret/secret.h' },
  { name: 'make', file: '/usr/bin/make' },
  { name: 'g++', file: '/usr/bin/g++' },
  { name: 'python3', file: '/usr/bin/python3' },
];

/** Installs what is missing of the packages above; throws with the command to run where that is not possible. */
export async function installDebianPackages(logFile) {
  const missing = packages.filter((each) => !existsSync(each.file)).map((each) => each.name);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    throw new Error(`Missing on this machine: ${list}. Install them (Debian: apt-get install ${list}) and try again.`);
  }
  say(`installing Debian packages: ${list}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env, logFile, minutes: 5 });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { env, logFile, minutes: 15 });
}
