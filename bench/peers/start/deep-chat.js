import 'deep-chat';

const chat = document.createElement('deep-chat');
chat.style.width = '46rem';
chat.style.height = '100vh';
chat.connect = {handler: () => {}};
document.body.append(chat);
