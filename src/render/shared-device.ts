import { Device } from './device.js';

let device: Device | null = null;
let users = 0;

/** The page's one device: made by the first `acquire`, disposed by the last `release`. */
export const sharedDevice = {
  /** Throws `InnotaterError` 'limit' where there is no WebGL2. */
  acquire(): Device {
    device ??= new Device(new OffscreenCanvas(1, 1), { alpha: true });
    users += 1;
    return device;
  },
  /** Once for each `acquire`. */
  release(): void {
    users -= 1;
    if (users > 0) return;
    device?.dispose();
    device = null;
  },
};
