<?php
// Fills the empty database: what a rental server's 簡単インストール does. Called with the site's host.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = $argv[1];

/** Nobody is written to. */
function wp_mail(): bool {
	return true;
}

require __DIR__ . '/site/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( '練習のサイト', 'admin', 'admin@example.jp', true, '', 'of-the-admin', 'ja' );
// It tries whether addresses without a query are answered, and whether they are depends on the moment.
update_option( 'permalink_structure', '' );
$editor = array(
	'user_login' => 'editor',
	'user_pass'  => 'of-the-editor',
	'user_email' => 'editor@example.jp',
	'role'       => 'editor',
);
wp_insert_user( $editor );
