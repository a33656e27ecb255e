import { expose } from 'comlink';
import { loadPictureKernels, pictureBackend } from './picture-kernels.js';
import { createPictureService } from './picture-service.js';
import { inWorker } from './service-options.js';

expose({ ...createPictureService(inWorker, loadPictureKernels), hello: pictureBackend });
