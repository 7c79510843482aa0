<?php
/**
 * Takes back the one thing the plugin stores, on every site of the network.
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( ! is_multisite() ) {
	delete_option( 'ai_michishirube' );
	return;
}
$ai_michishirube_sites = array(
	'fields' => 'ids',
	'number' => 0,
);
foreach ( get_sites( $ai_michishirube_sites ) as $ai_michishirube_site ) {
	delete_blog_option( $ai_michishirube_site, 'ai_michishirube' );
}
